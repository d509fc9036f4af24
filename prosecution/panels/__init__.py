"""Scrutiny panels: a meeting and its members, the cases it looks at, anonymised packs, findings, what is concluded and learned.

Organisers work under their own kind on /prosecution/panels/; members, whoever they are, read under /panels/ in the kind of panels,
which reaches packs that were sent to them and nothing else.
"""
