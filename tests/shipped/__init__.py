"""The shipped course: every scenario on every route, and the craft its words are held to."""
