"""Scores texts with a reference implementation and times it.

    reference.py vader|textblob TEXTS.json LEAST_SECONDS

TEXTS.json is an array of strings. Prints one JSON object: passSeconds (one figure a pass over all texts) and scores
(for vader [compound, pos, neu, neg], for textblob [polarity, subjectivity] a text).
"""

import json
import sys
import time


def vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyze = SentimentIntensityAnalyzer().polarity_scores
    return analyze, lambda score: [score[name] for name in ("compound", "pos", "neu", "neg")]


def textblob():
    from textblob.en.sentiments import PatternAnalyzer

    return PatternAnalyzer().analyze, list


engine, path, least_seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
with open(path, encoding="utf-8") as file:
    texts = json.load(file)

analyze, figures = {"vader": vader, "textblob": textblob}[engine]()
scores = [figures(analyze(text)) for text in texts]
passes = []
while sum(passes) < least_seconds:
    start = time.perf_counter()
    for text in texts:
        analyze(text)
    passes.append(time.perf_counter() - start)

print(json.dumps({"passSeconds": passes, "scores": scores}))
