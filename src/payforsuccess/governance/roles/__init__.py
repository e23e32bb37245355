"""Who may see and do what: roles with their permissions, and the rules that go by the case."""
