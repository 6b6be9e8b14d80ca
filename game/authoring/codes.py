"""Owns the table of mistakes: code, rule, title, meaning, example, mending. Never finds or shows one.

A code stays with its rule for good, so that guides, editors and people can rely on it.
E1: the file cannot be read as a scenario. E2: it plays, and a player can get stuck. W3: it plays, and something is odd.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One sort of mistake, as the author's guide explains it. `example` is what brings it about."""

    code: str
    rule: str
    title: str
    means: str
    example: str
    mend: str

    @property
    def severity(self) -> Severity:
        """`error` where it must be mended, `warning` where the story plays all the same."""
        return "warning" if self.code.startswith("W") else "error"


_NAMES: Final = (
    Rule(
        "E101",
        "unknown-field",
        "A field has a name that is not known there.",
        "Each part of a scenario has its own fields. This one is not among them, so it would do nothing.",
        "    txet: Joy comes in at 8.40.",
        "Look at the spelling, or at where the field belongs: how far it is indented says what it is part of.",
    ),
    Rule(
        "E102",
        "unknown-person",
        "The cast names somebody who is not there.",
        "A scenario names people of course.yaml by their ids, or declares its own under 'cast'.",
        "cast: [jo, marcus]",
        "Use the id as it stands in course.yaml, or declare the person: 'cast: {jo: {name: Jo}}'.",
    ),
    Rule(
        "E103",
        "unknown-speaker",
        "A line opens with the name of nobody in the cast.",
        "A word and a colon at the start of a line say who speaks. This word is nobody's id.",
        "      - jo: I can stay till nine.",
        "Mend the id, add the person to 'cast', or put the whole line in quotes if it is narration.",
    ),
    Rule(
        "E104",
        "unknown-passage",
        "The story is to go on at a passage that is not there.",
        "'goto', 'to' and 'start' name a passage. No passage has this name.",
        "    goto: freindly",
        "Mend the name, or write the passage.",
    ),
    Rule(
        "E105",
        "unknown-fact",
        "An effect names a fact that is not declared.",
        "Every fact stands under 'facts' with its words, so that a slip cannot make a new one unseen.",
        "            - {set: [notde]}",
        "Mend the name, or declare the fact under 'facts'.",
    ),
    Rule(
        "E106",
        "unknown-meter",
        "An effect changes a meter that is not there.",
        "Meters are those of course.yaml and of the scenario's own 'meters'.",
        "            - {change: {trsut: +1}}",
        "Mend the name, or declare the meter.",
    ),
    Rule(
        "E107",
        "unknown-name",
        "A condition names neither a fact nor a meter.",
        "A condition is made of facts, and of meters compared with numbers. This name is neither.",
        "      - {to: gone, if: wraned}",
        "Mend the name, or declare it under 'facts'.",
    ),
    Rule(
        "E108",
        "unknown-place",
        "A passage happens at a place that is not there.",
        "Places stand in course.yaml, or under the scenario's own 'places'.",
        "    place: kitchn",
        "Mend the name, or declare the place.",
    ),
    Rule(
        "E109",
        "unknown-practice",
        "A choice is tagged with a practice that is not there.",
        "Kinds of practice stand in course.yaml under 'practice'.",
        "          practice: [inclde]",
        "Mend the name, or declare the practice in course.yaml.",
    ),
    Rule(
        "E110",
        "unknown-quotation",
        "A quotation is cited that the source does not hold.",
        "Quotations are cited by their ids, such as PL-06a. The source has none of this id.",
        "  quotes: [PL-0a]",
        "Look the id up in the source. PL-06 is an idea; PL-06a is a quotation of it.",
    ),
    Rule(
        "E111",
        "unknown-theme",
        "An idea belongs to a theme that is not there.",
        "Themes stand at the top of the source, each in words.",
        "    theme: rolse",
        "Mend the name, or add the theme.",
    ),
    Rule(
        "E112",
        "unknown-file",
        "The course names a file that is not in its folder.",
        "An arc names scenarios by their ids: the names of their files without '.yaml'. 'source' names a file.",
        "  - {title: The day job, scenarios: [late-agian]}",
        "Mend the name, or put the file into the folder.",
    ),
    Rule(
        "E113",
        "unknown-expression",
        "A speaker has an expression that nobody can draw.",
        "After the speaker and a comma comes how they look: neutral, warm, concerned, thinking, firm, tired or upset.",
        "      - joy, worried: The bus has gone.",
        "Take the nearest expression there is, or leave it out.",
    ),
    Rule(
        "E114",
        "unknown-word",
        "A field that takes one of a few words has another.",
        "Such a field, like an ending's 'tone', has a short list of words.",
        "      tone: goood",
        "Take one of the words the message lists.",
    ),
    Rule(
        "E115",
        "bad-name",
        "A name has letters or signs that a name cannot have.",
        "Names are lower case letters, digits, '-' and '_', and begin with a letter. Facts and meters have no '-'.",
        "  Two o'clock:",
        "Write it small and join its words: two-oclock.",
    ),
    Rule(
        "E116",
        "reserved-name",
        "A name is a word of the story language.",
        "true, false, and, or, not, if and else have a meaning of their own in conditions.",
        "  not:",
        "Choose another name.",
    ),
    Rule(
        "E117",
        "name-taken",
        "A name is given twice.",
        "Passages, people, facts and meters have each their own name, and so has each choice of a decision.",
        "        - id: office",
        "Rename one of the two; the message says where the other is.",
    ),
    Rule(
        "E118",
        "field-twice",
        "A field is written twice.",
        "Only one of the two could count, and the other would be lost without a word.",
        "    text: [Joy sits down.]",
        "Keep one, or put the two together.",
    ),
    Rule(
        "E119",
        "bad-file-name",
        "A file's name cannot be used.",
        "A scenario's id is its file's name, so it is spelled as an id. Files that a course names lie in its folder.",
        "source: ../workshop.yaml",
        "Rename the file: small letters, digits and '-', such as late-again.yaml.",
    ),
)

_SHAPES: Final = (
    Rule(
        "E120",
        "missing-field",
        "A field is missing.",
        "Something here cannot do without it.",
        "        - id: office",
        "Add the field; the message says what it is for.",
    ),
    Rule(
        "E121",
        "wrong-shape",
        "A list, text or group of fields stands where something else is due.",
        "Each field takes text, a list (lines that begin with '- ') or fields of its own, further in.",
        "      ask: [What first?]",
        "Write it as the message shows.",
    ),
    Rule(
        "E122",
        "empty",
        "A field has nothing in it.",
        "A field that is there says something. Empty, it is probably not finished.",
        "summary:",
        "Write it, or take the field away.",
    ),
    Rule(
        "E123",
        "not-a-whole-number",
        "A whole number is due.",
        "Minutes, scores and meters are counted in whole numbers, written in digits.",
        "minutes: ten",
        "Write it in digits: 10.",
    ),
    Rule(
        "E124",
        "out-of-range",
        "A number is too small or too large.",
        "Each number has a least and a most. Scores, for one, go from 0 to 2.",
        "          scores: {manager: 3}",
        "Take a number within the bounds that the message names.",
    ),
    Rule(
        "E125",
        "not-true-or-false",
        "True or false is due.",
        "Such a field takes true, false, yes or no.",
        "          once: maybe",
        "Write true or false.",
    ),
    Rule(
        "E126",
        "too-many",
        "A list has more than it may have.",
        "A choice has two kinds of practice at most: what it is above all.",
        "          practice: [include, grow, hold]",
        "Keep the ones that matter most.",
    ),
    Rule(
        "E127",
        "meter-bounds",
        "A meter's bounds and its start do not fit.",
        "A meter starts between its 'min' and its 'max'. Left out, they are 0 and 10, and the start is 5.",
        "  calm: {label: Calm, max: 3}",
        "Write a 'start' that lies between the two.",
    ),
    Rule(
        "E128",
        "newer-format",
        "The file says it is of a format that this program does not know.",
        "A newer Upstream may write files that this one cannot read rightly.",
        "format: 2",
        "Use a newer Upstream, or 'format: 1' if the file is of this format.",
    ),
)

_STORY: Final = (
    Rule(
        "E130",
        "no-way-on",
        "A passage does not say how the story goes on.",
        "A passage has a 'decision', a 'goto' or an 'ending'; while it is being written, a 'todo'.",
        "  hall:",
        "Add one of the four.",
    ),
    Rule(
        "E131",
        "two-ways-on",
        "A passage says twice how the story goes on.",
        "It has two of 'decision', 'goto', 'ending' and 'todo', and only one could happen.",
        "    ending: {title: Home}",
        "Keep one. Where the way depends on something, make a list of ways with conditions.",
    ),
    Rule(
        "E132",
        "open-end",
        "The last way of a list has a condition.",
        "If no condition of the list held, the story could not go on.",
        "      - {to: swim, if: noted}",
        "Add a last way without 'if'.",
    ),
    Rule(
        "E133",
        "way-never-taken",
        "A way without a condition is not the last of its list.",
        "It is always taken, so the ways after it never are.",
        "      - {to: swim}",
        "Put it last, or give it an 'if'.",
    ),
    Rule(
        "E134",
        "bad-condition",
        "A condition cannot be understood.",
        "A condition has facts, meters compared with a whole number, 'and', 'or', 'not' and brackets. Nothing else.",
        "      - {to: gone, if: trust = 4}",
        "Write it as the message says.",
    ),
    Rule(
        "E135",
        "quotation-differs",
        "A quotation is not in the source text.",
        "Quotations are word for word. The text given with --source does not hold these words.",
        "      AB-1a: {text: Ask them way.}",
        "Copy the words from the source.",
    ),
)

_YAML: Final = (
    Rule(
        "E140",
        "unclosed-quote",
        "A quote opens and is not closed.",
        "Everything after it would belong to the quoted text, up to the next quote by chance.",
        '      ask: "What first?',
        "Close the quote at the end of the text. Around a text that begins with an apostrophe use double quotes.",
    ),
    Rule(
        "E141",
        "early-quote",
        "A quote closes before the text ends.",
        "A value that begins with a quote ends at the next one. What comes after it cannot be read.",
        '      - "Come in", she says.',
        "Put the whole text in quotes of the other kind.",
    ),
    Rule(
        "E142",
        "colon-in-text",
        "A colon and a space stand inside a text without quotes.",
        "A colon and a space mean: here ends a field's name. Inside a text they need quotes around it.",
        "title: Late again: part 2",
        "Put the text in double quotes.",
    ),
    Rule(
        "E143",
        "tab-indent",
        "A line begins with a tab.",
        "How far a line is indented says what it belongs to, and tabs differ from editor to editor.",
        "\ttext: [Joy sits down.]",
        "Use spaces. Most editors can change all tabs to spaces at once.",
    ),
    Rule(
        "E144",
        "bad-indent",
        "A line is indented so that it belongs to nothing.",
        "Lines that belong together begin in the same column.",
        "   goto: hall",
        "Move the line to the column of the ones it belongs with.",
    ),
    Rule(
        "E145",
        "unclosed-bracket",
        "A bracket opens and is not closed, or closes and was not opened.",
        "[ ] hold a list, { } hold fields. They come in pairs.",
        "          practice: [include",
        "Add the other one. If the bracket is part of a text, put the text in quotes.",
    ),
    Rule(
        "E146",
        "missing-space",
        "A space is missing after a dash or a colon.",
        "'- ' opens an item and ': ' ends a field's name. Without the space both are ordinary text.",
        "    goto:hall",
        "Put a space after it.",
    ),
    Rule(
        "E147",
        "special-start",
        "A text begins with a sign that has a meaning of its own.",
        "At the start of a value, signs such as * @ ` % & ! { [ > | are not read as text.",
        "      - *Late* again.",
        "Put the text in quotes.",
    ),
    Rule(
        "E148",
        "unreadable-line",
        "A line cannot be read.",
        "Something about the line's punctuation is amiss, and it is not clear what was meant.",
        "    And then Marcus goes out.",
        "Compare it with the lines around it; put texts in quotes.",
    ),
    Rule(
        "E149",
        "shorthand",
        "An anchor, an alias, a tag or a merge is used.",
        "YAML can copy parts of a file by & and *, and give types by !. In a scenario all stands where it is read.",
        "  hall: &same",
        "Write it out. If it is text, put it in quotes.",
    ),
    Rule(
        "E150",
        "second-document",
        "A line '---' begins a second document.",
        "One file holds one scenario.",
        "---",
        "Take the line away, or make a file of what follows.",
    ),
    Rule(
        "E151",
        "too-deep",
        "Lists and fields stand too deep inside one another.",
        "A scenario needs about ten levels; forty is the most.",
        "    text: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[Hello.]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "Look for a bracket too many.",
    ),
    Rule(
        "E152",
        "missing-colon",
        "A colon is missing after a field's name.",
        "A field is its name, a colon, and its value after a space or on the lines below.",
        "  kitchen",
        "Put a colon after the name.",
    ),
    Rule(
        "E153",
        "backslash",
        "A backslash in double quotes is not followed by a sign that goes with it.",
        "In double quotes a backslash begins a special sign.",
        '    when: "Tuesday\\Wednesday"',
        "Use single quotes around the text, or write the backslash twice.",
    ),
    Rule(
        "E154",
        "comma-in-text",
        "A comma splits a text inside brackets.",
        "Inside { } and [ ] a comma begins the next field or item.",
        "  joy: {name: Joy, about: Support worker, two years here}",
        "Put the text in double quotes.",
    ),
)

_FILES: Final = (
    Rule(
        "E160",
        "cannot-open",
        "The file or folder cannot be opened.",
        "It is not there, it is of another sort, or this computer does not let you read it.",
        "(a name that no file has)",
        "Look at the name, and at who may read it.",
    ),
    Rule(
        "E161",
        "too-large",
        "The file is too large.",
        "A scenario is some tens of kilobytes. Past 16 MB a file is not read.",
        "(a file of 50 MB)",
        "Make several scenarios of it.",
    ),
    Rule(
        "E162",
        "not-utf-8",
        "The file is saved in another encoding than UTF-8.",
        "An encoding says how letters are stored. Only with UTF-8 do they come out as written on every computer.",
        "(a file saved as 'ANSI' or as 'Unicode' by an old editor)",
        "In your editor choose 'Save as' or 'Encoding', and there UTF-8.",
    ),
    Rule(
        "E163",
        "control-character",
        "A character that cannot be seen stands in the file.",
        "It came in by accident, often by copying from another program.",
        "(a character such as U+0007)",
        "Delete it. The caret shows where it is.",
    ),
    Rule(
        "E164",
        "empty-file",
        "The file holds nothing.",
        "It is empty, or has only comments.",
        "# Late again, to be written",
        "Begin with 'title:' and 'passages:', or start from a template.",
    ),
    Rule(
        "E165",
        "no-fields",
        "The file is a list or plain text.",
        "A scenario begins with fields, such as 'title:'.",
        "- Joy comes in.",
        "Put the fields in, and the story under 'passages'.",
    ),
)

_STUCK: Final = (
    Rule(
        "E201",
        "no-ending",
        "No ending can be reached.",
        "Whatever a player does, the story never comes to an ending.",
        "        - {id: stay, text: Stay here., goto: hall}",
        "Write an ending, and a way that leads to it.",
    ),
    Rule(
        "E202",
        "endless-goto",
        "Passages lead back to one another, with nothing to decide.",
        "Each of them has a 'goto' without a condition, so a player would go round for ever.",
        "    goto: hall",
        "Let one of them lead on, or ask for a decision.",
    ),
)

_ODD: Final = (
    Rule(
        "W301",
        "unreached-passage",
        "Nothing leads to a passage.",
        "No way from the start comes here, so nobody will ever read it.",
        "  attic:",
        "Let something lead to it, or take it out.",
    ),
    Rule(
        "W302",
        "todo",
        "A passage is still to be written.",
        "It plays as a page that says what is to happen there, and the story ends on it.",
        "    todo: Marcus gets to the pool.",
        "Write it, and take 'todo' away.",
    ),
    Rule(
        "W303",
        "silent-cast",
        "Somebody in the cast never speaks and is never named.",
        "The cast is who is in the story.",
        "cast: [joy, marcus]",
        "Let the person appear, or take the name out of the cast.",
    ),
    Rule(
        "W304",
        "fact-never-read",
        "A fact is never asked about.",
        "No condition reads it, so it changes nothing in the story.",
        "  noted: You wrote the time down.",
        "Let something remember it: a line, a way, a choice. Or take it out.",
    ),
    Rule(
        "W305",
        "fact-never-set",
        "A fact is asked about and never becomes true.",
        "Conditions read it, and no effect sets it.",
        "  warned: You gave a warning.",
        "Set it somewhere, or take the conditions out.",
    ),
    Rule(
        "W306",
        "same-text",
        "Two choices of a decision read the same.",
        "A player could not tell them apart.",
        "          text: See Joy now.",
        "Let each say what is different about it.",
    ),
    Rule(
        "W307",
        "one-choice",
        "A decision has a single choice.",
        "There is nothing to decide.",
        "        - {id: on, text: Go on., goto: hall}",
        "Add another choice, or use 'goto'.",
    ),
    Rule(
        "W308",
        "no-words",
        "A fact has no words.",
        "A fact's words stand in the map and in the debrief. Without them only its id could be shown.",
        "  noted:",
        "Say it in a sentence: 'noted: You wrote the time down.'",
    ),
    Rule(
        "W309",
        "not-in-an-arc",
        "A scenario is in no arc of the course.",
        "course.yaml lists the scenarios in order. This one is not there, so it comes last.",
        "(a scenario that course.yaml does not name)",
        "Name it in an arc.",
    ),
    Rule(
        "W310",
        "not-looked-up",
        "Quotations or kinds of practice cannot be looked up.",
        "They are listed in a course. This file stands outside one, or the course has no list of them.",
        "  quotes: [PL-06a, PL-07a]",
        "Check the file within its course, or take them out. Until then they are not shown.",
    ),
    Rule(
        "W311",
        "name-repeated",
        "A list has the same name twice.",
        "The second does nothing.",
        "cast: [joy, marcus, joy]",
        "Take one of the two out.",
    ),
)

CODES: Final[Mapping[str, Rule]] = {
    rule.code: rule for rules in (_NAMES, _SHAPES, _STORY, _YAML, _FILES, _STUCK, _ODD) for rule in rules
}
"""Every sort of mistake, by its code."""
