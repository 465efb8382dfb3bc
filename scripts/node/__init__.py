"""The Node programs of this project, and what finds them."""
