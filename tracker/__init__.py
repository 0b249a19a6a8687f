"""The NQI tracker: who does what by when, along the four strands of quality infrastructure.

The tree is the data flow. A request enters at `routes`, passes `forms`, `policies` and
`services` down to `models`, is read back through `queries`, and leaves as HTML or a file.

    routes, cli      the doors: find, authorise, validate, do, commit, answer
    web, jobs        how any answer is given; what happens later
    forms            untrusted input becomes typed data
    exports, imports rows become bytes; bytes become rows and problems
    services         verbs, the only writers
    queries          questions, never write
    policies         who may do what
    models           nouns: tables and what is always true of them
    adapters         the outside world: mail, files, Markdown
    lib              pure functions
"""
