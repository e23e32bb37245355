"""The request to an agency: what is needed, on what terms, in what form."""
