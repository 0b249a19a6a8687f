"""How any answer is given: session, rights, headers, templates, errors."""
