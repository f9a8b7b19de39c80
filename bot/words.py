"""Every name, description and reply of the Discord bot in one place, ready for translation.

Replies are plain Markdown of our own; what people or articles wrote is escaped before it is put in.
"""

from __future__ import annotations

from typing import Final

from bot.command_words import *  # noqa: F403 - the commands are words like any other

CHECK_MENU: Final = "Check this claim"

# Buttons

FORGET: Final = "Delete it all"
KEEP: Final = "Keep it"
CONTEXT: Final = "Context"
MORE: Final = "More sources"
FOLLOW_UP: Final = "Follow up"
HELPFUL: Final = "Helpful"
NOT_HELPFUL: Final = "Not helpful"
SHARE: Final = "Share"
PREVIOUS: Final = "Previous"
NEXT: Final = "Next"

# The card

SOURCES: Final = "Sources"
NEAR_MISSES: Final = "Nearest passages (not an answer)"
ALSO_FOUND: Final = "Also on record"
UNDERSTOOD: Final = "Understood as: {question}"
ALSO_PRINTED: Final = "also printed by {outlets}"
AND_MORE: Final = " and {count} more"
NOTE: Final = "Note: {note}"
CONTINUED: Final = "continued, page {page} of {pages}"
PAGE: Final = "page {page} of {pages}"
MORE_WAITS: Final = "The answer goes on: press “{button}”."
OVERVIEW_WAITS: Final = "page 1 of {pages}; “{button}” opens the others for you alone"
SHARED_BY: Final = "Shared by <@{user}>"
FOLLOW_UP_HINT: Final = "To go on from here, press “Follow up” or mention me: I cannot read other replies to this."
FIGURES: Final = "Figures"
DAYS: Final = "Days"

# A timeline, a comparison

TIMELINE_HEAD: Final = "{events}, oldest first"
TIMELINE_PUBLISHED: Final = "*published*: the day of publication, where the words name none"
COUNTED_EVENTS: Final = ("{n} event", "{n} events")
UNDATED: Final = (
    "{n} sentence on it names no day and stands in an article without one: left out.",
    "{n} sentences on it name no day and stand in articles without one: left out.",
)
COMPARED: Final = ("{n} outlet prints an answer", "{n} outlets print an answer")
SILENT: Final = "**Do not say:** {outlets}"
NOT_ALONE: Final = "No outlet answers this on its own; this is the answer of all together."
ALL_COMPARED: Final = "The {most} outlets nearest to the question were asked."

# A checked claim

VERDICTS: Final = {
    "printed as claimed": "Printed as claimed",
    "printed, but no speaker is named": "Printed, but no speaker is named",
    "printed, but by another speaker": "Printed, but by another speaker",
    "printed with other words": "Printed with other words",
    "stitched from several": "Stitched from several",
    "not in the articles": "Not in the articles",
}
CLAIM_CLAIMED: Final = "Claimed"
CLAIM_CLAIMED_OF: Final = "Claimed of **{speaker}**"
CLAIM_PRINTED: Final = "Printed"
CLAIM_ALSO_PRINTED: Final = "Also printed"
CLAIM_NOBODY: Final = "no speaker named"
CLAIM_RELAYING: Final = "{speaker}, relaying {relayed}"
CLAIM_NO_SPEAKER: Final = "That {speaker} said these words is not printed there."
CLAIM_STRUCK: Final = "~~struck out~~: claimed, not printed so"
CLAIM_BOLD: Final = "**bold**: printed, not claimed so"
CLAIM_UNDERLINED: Final = "__underlined__: what the claim takes of it"
CLAIM_FOOTER: Final = "This tells how the words stand in the articles, not whether they are true."
NOTHING_IN_MESSAGE: Final = "I find no text in this message that I could check."

# What is kept

PRIVACY_TEXT: Final = """\
**What I read**
Your commands and forms, direct messages, messages that mention me, replies to me that ping, and a message when you \
choose “{menu}” on it. Nothing else: Discord does not show me other messages.

**What I keep**
- for {hours} hours: the last {turns} questions that you asked in each place, and the words of your questions and of \
their answers, so that follow-ups and buttons work; of a claim that you check, its text only where the answer has \
several pages; what you looked up, timelines and comparisons among it
- for {days} days: which passages I quoted to you, when and where, under your Discord number, so that an answer can be \
checked again; nothing of the question
- as long as that: whether you found an answer helpful
- while a file that you add with /add is being read: its name, and that it is yours
- of a file that you add: its name under your Discord number, until it is read; its articles then belong to the server
- in memory alone, until I am restarted: how many questions you asked just now

A question that somebody else took up from your answer is kept with theirs for as long as those {hours} hours.

**What you can do**
/{forget} deletes and overwrites all of this at once. What stands in Discord itself, my answers too, stays there until \
somebody deletes it there; so do copies that the operator made of my files before."""
FORGET_ASK: Final = (
    "Shall I delete everything that I keep of you? That is {held}. The buttons of your answers end with it."
)
FORGET_NOTHING: Final = "I keep nothing of you."
FORGOTTEN: Final = (
    "Deleted and overwritten: {held}. What stands in Discord itself stays there until it is deleted there."
)
KEPT: Final = "Nothing was deleted."
HELD_ANSWERS: Final = ("{n} answer", "{n} answers")
HELD_QUESTIONS: Final = ("{n} question of your conversations", "{n} questions of your conversations")
HELD_LOOKUPS: Final = ("{n} look-up", "{n} look-ups")
HELD_OPINIONS: Final = ("{n} opinion on an answer", "{n} opinions on answers")
HELD_ELSEWHERE: Final = ("your words in {n} answer of somebody else", "your words in {n} answers of others")

# The form of a follow-up

FOLLOW_UP_TITLE: Final = "Follow up"
FOLLOW_UP_LABEL: Final = "Your question"
FOLLOW_UP_HELP: Final = "It may point back: “and what did he say about gas?”"

# Sentences

ASK_SOMETHING: Final = "Ask me something about the articles, for example: who met whom in Moscow?"
BUSY: Final = "Many people are asking just now. Please ask again in a moment."
LATE: Final = "That took too long, so I stopped looking. Please ask again, perhaps in fewer words."
STOPPING: Final = "I am being restarted. Please ask again in a minute."
FAILED: Final = (
    "Something went wrong on my side, not yours. Please try again; if it stays, name this to the operator: `{id}`"
)
SLOWER: Final = "You are asking faster than I can look things up. Please ask again in {seconds} s."
SLOWER_HERE: Final = "This channel asks a great deal just now. Please ask again in {seconds} s."
STALE: Final = "This button belongs to an answer that I no longer have. Please ask again."
NOT_YOURS: Final = "Only the person who asked can do that. You can ask your own question with /ask or by “Follow up”."
NOT_HERE: Final = "This answer belongs to another place. Please ask here again."
TOO_OLD: Final = "The question is no longer kept after a day. Please ask again."
GONE: Final = "The article is no longer among those I can read, so I show nothing of it."
CHANGED: Final = "The article was revised since, and no longer prints these words."
MOVED: Final = "The article was revised since; these words still stand in it."
NO_MORE: Final = "There are no further sources for this answer."
NO_CONTEXT: Final = "This answer cites nothing, so there is no paragraph to open."
THANKS: Final = "Thank you, noted."
SHARED: Final = "Shared with the channel."
ALREADY_SHARED: Final = "This answer has been shared already."
CANNOT_SHARE: Final = "I may not write in this channel, so I cannot share it here."
CANNOT_WRITE: Final = "I may not write in that channel, so here is a word in private: ask somebody who runs the server."
UNKNOWN_COMMAND: Final = "I do not know this command any more. Please try again in a minute; the list is being renewed."
ONE_MOMENT: Final = "One moment, I am at it already."

# Looking up

COUNTED_ARTICLES: Final = ("{n} article", "{n} articles")
COUNTED_QUOTES: Final = ("{n} quote", "{n} quotes")
FACT_OUTLET: Final = "Outlet"
FACT_AUTHOR: Final = "Author"
FACT_PUBLISHED: Final = "Published"
FACT_DATELINE: Final = "Dateline"
FACT_CATEGORY: Final = "Category"
FACT_ID: Final = "Id"
FACT_REVISION: Final = "revision {revision}, read on {day}"
LISTED: Final = "{articles}, newest first"
CHOSEN_TEXT: Final = "title or id with “{text}”"
CHOSEN_SINCE: Final = "since {day}"
CHOSEN_UNTIL: Final = "until {day}"
ON_RECORD: Final = "{quotes} in {articles}, direct before reported"
ABOUT_TOPIC: Final = "about “{about}”"
REPORTED: Final = "reported"
PARTLY_QUOTED: Final = "reported, partly quoted"
RELAYING: Final = "relaying {name}"
NAME_AN_ARTICLE: Final = "Name an article by its title or id; a list appears while you type."
NAME_A_SPEAKER: Final = "Name somebody, for example: `/quotes speaker:Macron`; a list appears while you type."
NO_ARTICLES: Final = "No article matches; `/sources` alone lists all of them."
NO_SUCH_ARTICLE: Final = "I have no article of that title or id; `/sources` lists those I can read."
SEVERAL_ARTICLES: Final = "Several articles match; give more of the title, or choose from the list while you type:"
NOBODY: Final = "The articles report no words of {speaker}."
NOBODY_NEAR: Final = "Did you mean: {names}?"
NOBODY_HINT: Final = "Type the first letter of a name to see who is on record."
TOO_LONG: Final = "That is too long to look up; {most} characters are the most I take."
LOOKUP_STALE: Final = "This list is no longer kept after a day. Please look it up again."
LOOKUP_ELSEWHERE: Final = "This list belongs to another place. Please look it up here."

# Verifying

VERIFY_NOTHING: Final = (
    "I find no answer of mine there that I may check for you. Copy the link of one of my answers in this server, in a "
    "channel that you can see, or use the command in our direct messages for an answer that you got there."
)
VERIFY_NO_QUOTES: Final = "That answer quotes nothing, so there is nothing to check."
VERIFIED: Final = "Checked today: {counts}"
VERIFIED_ASKED: Final = "answer of <t:{time}:f>"
STANDINGS: Final = {
    "unchanged": "unchanged",
    "moved": "moved",
    "changed": "changed since",
    "removed": "removed",
}
STANDING_SENTENCES: Final = {
    "unchanged": "The article is as it was, and prints these words.",
    "moved": MOVED,
    "changed": CHANGED,
    "removed": GONE,
}

# About and help

ABOUT_WHAT: Final = (
    "I answer questions about news articles in the words that were printed, each with its source, and I say so when "
    "the articles do not tell."
)
ABOUT_HOLDS: Final = "**{articles}** of {outlets} outlets, {speakers} people on record, {passages} paragraphs"
ABOUT_DATES: Final = "Published from {first} to {last}"
ABOUT_OWN: Final = "{articles} of these are seen in this server alone."
ABOUT_SAMPLES: Final = "These are the sample articles that come with Dateline: the operator has added none yet."
ABOUT_NOTHING: Final = "There is no article yet."
ABOUT_MODEL: Final = "Dateline {version} · passages are found with the model {model}; no model writes any of the words"
HELP_ASKING: Final = (
    "**What can be asked**\nWho said what, when, where and how many, as the articles print it: “What did Macron say "
    "about Belarus?”, “How many troops are near Ukraine?”. I answer in quotes with their sources, and decline what the "
    "articles do not tell. Use `/ask`, mention me with a question, or write to me directly."
)
HELP_COMMANDS: Final = "**Commands**"
HELP_MENUS: Final = "**On a message** (press and hold it or right-click, then Apps)"
HELP_FOLLOWING: Final = (
    "**Following up**\nPress “Follow up” under an answer, mention me again in the same channel or thread, or just go "
    "on in our direct messages: “and what did he say about gas?” goes on from your last questions there. A reply "
    "reaches me under ordinary messages of mine when it pings me; under an answer to a command, use the button or a "
    "mention."
)

# Setting up

MANAGERS_ONLY: Final = "Only members with the permission “Manage Server” can do that."
NO_CHANNEL: Final = "This channel is no more. Please use /setup again."
OUTLET_NOT_HERE: Final = (
    "In this channel I answer from some outlets only, and this is none of them; /setup shows which."
)
SETUP_HEAD: Final = "How I behave in {channel}"
SETUP_MENTIONS_ARE_ON: Final = "**Mentions**: answered, as commands are"
SETUP_MENTIONS_ARE_OFF: Final = "**Mentions**: not answered, commands only; in threads that I opened they are"
SETUP_THREADS_ARE_ON: Final = "**Threads**: one for each question, where I may open them"
SETUP_THREADS_ARE_OFF: Final = "**Threads**: none, answers stand in the channel"
SETUP_PRIVATE_IS_ON: Final = "**Answers to commands**: private where the person does not say otherwise"
SETUP_PRIVATE_IS_OFF: Final = "**Answers to commands**: seen by all where the person does not say otherwise"
SETUP_OUTLETS_ARE_ALL: Final = "**Outlets**: all"
SETUP_OUTLETS_ARE: Final = "**Outlets**: only {outlets}"
SETUP_MENTIONS_ON: Final = "Answer mentions"
SETUP_MENTIONS_OFF: Final = "Commands only"
SETUP_THREADS_ON: Final = "A thread for each question"
SETUP_THREADS_OFF: Final = "No threads"
SETUP_PRIVATE_ON: Final = "Private by default"
SETUP_PRIVATE_OFF: Final = "Public by default"
SETUP_OUTLETS: Final = "Answer only from these outlets"
SETUP_ALL_OUTLETS: Final = "All outlets"
SETUP_OTHER_OUTLETS: Final = "Other outlets"

# Adding and removing

ADD_WRONG_KIND: Final = "I cannot read {name}: give me a file that ends in one of {kinds}."
ADD_TOO_LARGE: Final = "{name} has {size} MB, and I take {most} MB at most. Please divide it."
ADD_BUSY: Final = "Some files of this server wait already. Please add this one when they are done."
ADD_ENOUGH_TODAY: Final = (
    "This server has added {count} files within a day, which is all I take. Please go on tomorrow."
)
ADD_NOT_FETCHED: Final = "Discord did not give me {name}. Please try again."
ADD_NO_TEXT: Final = "{name} is no text that I can read: {reason}"
ADD_TAKEN: Final = "I have {name} and shall read it now. You need not wait here."
ADD_WAITING: Final = "I have {name}. Another file is being read before it."
ADD_READING: Final = "Reading {name} …"
ADD_PROGRESS: Final = "Reading {name}: {done} of {total} paragraphs are in."
ADD_PAUSED: Final = "I am being restarted. I shall go on with {name} afterwards; nothing is lost."
ADD_RESUMED: Final = "I was restarted in the middle of this, and went on."
ADD_FAILED: Final = "I could not read {name} to its end; what was read is kept."
ADD_FULL_ARTICLES: Final = (
    "{name} was not added: this server has its {count} articles. Remove some with /remove, or ask the operator."
)
ADD_FULL_MEGABYTES: Final = (
    "{name} was not added: with it this server would have more than its {count} MB of text. Remove some articles with "
    "/remove, or ask the operator."
)
ADD_NEW: Final = ("1 article added", "{count} articles added")
ADD_REPLACED: Final = ("1 article replaced", "{count} articles replaced")
ADD_UNCHANGED: Final = ("1 article was here already", "{count} articles were here already")
ADD_REFUSED: Final = ("1 refused", "{count} refused")
ADD_LEFT_OUT: Final = ("1 article was left out: ", "{count} articles were left out: ")
ADD_QUOTA: Final = "this server may have {count}."
ADD_NOTHING: Final = "nothing was added"
ADD_AND_MORE: Final = "and {count} more"
REMOVED: Final = "Removed: {title}. Answers that cite it say so from now on."
NOT_YOUR_ARTICLE: Final = "There is no such article among those that were added in this server."
SHELF_IN_USE: Final = "A file of this server is being read just now. Please try again when it is done."


def plural(count: int, forms: tuple[str, str]) -> str:
    """The form for one or for several."""
    return forms[count != 1].format(count=f"{count:,}")
