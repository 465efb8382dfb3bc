"""Transport: sends one request until there is one response or one error. Code that uses the HTTP library goes here."""
