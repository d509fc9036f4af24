"""The screens of auditors: who looked at what, emergency access, patterns worth a look. References only, never a case or a name in it."""
