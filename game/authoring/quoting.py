"""Owns how a text is put in quotes so that it can be pasted. Never takes quotes away."""


def in_quotes(text: str) -> str:
    """The text in double quotes, or in single ones where it holds double quotes or a backslash."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
