"""Prints the data of TextBlob's default analyser as JSON: words, abbreviations and emoticons."""

import json

from textblob import _text
from textblob.en import sentiment

sentiment.load()
words = [[word, *senses[None], "RB" in senses] for word, senses in dict.items(sentiment)]
emoticons = [[polarity, sorted(faces)] for (_, polarity), faces in _text.EMOTICONS.items()]
print(json.dumps({"words": words, "abbreviations": sorted(_text.ABBREVIATIONS), "emoticons": emoticons}))
