"""Transport: one request, sent until there is one answer or one error. The HTTP library is named here."""
