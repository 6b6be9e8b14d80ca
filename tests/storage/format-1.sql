-- The file of records as the first format writes it. It stays as it is: files like it are on people's machines.
BEGIN;
CREATE TABLE unfinished (run TEXT UNIQUE NOT NULL, scenario TEXT NOT NULL, digest TEXT NOT NULL,
  choices TEXT NOT NULL, shown INTEGER NOT NULL, began TEXT NOT NULL, changed TEXT NOT NULL);
INSERT INTO unfinished VALUES ('unfinished-run', 'late-again', 'edition-1', '["choice-0", "choice-1"]', 3,
  '2026-11-23T08:31:00+00:00', '2026-11-23T08:31:00+00:00');
CREATE TABLE attempt (run TEXT UNIQUE NOT NULL, scenario TEXT NOT NULL, digest TEXT NOT NULL,
  choices TEXT NOT NULL, ending TEXT NOT NULL, began TEXT NOT NULL, finished TEXT NOT NULL, felt TEXT NOT NULL);
INSERT INTO attempt VALUES ('finished-run', 'late-again', 'edition-1', '["office", "ask"]', 'swim',
  '2026-11-23T08:31:00+00:00', '2026-11-23T08:43:00+00:00', 'heavy');
CREATE TABLE setting (name TEXT UNIQUE NOT NULL, value INTEGER);
INSERT INTO setting VALUES ('text_size', 150), ('spoken', 0), ('keep_runs', 1), ('full_screen', 0);
PRAGMA application_id = 1431327572;
PRAGMA user_version = 1;
COMMIT;
