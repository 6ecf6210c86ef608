import { readFileSync } from 'node:fs';

const SENTIMENT = 'core/sentiment';

/** A caller's line and what the caller feels. */
export interface CallerLine {
  feeling: string;
  line: string;
}

/** The labelled caller lines: those the telephone layer was made with, or those kept to judge it. */
export function callerLines(set: 'tuning' | 'held-out'): CallerLine[] {
  return readFileSync(`${SENTIMENT}/telephone/fixtures/callers-${set}.tsv`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((row) => {
      const [feeling = '', line = ''] = row.split('\t');
      return { feeling, line };
    });
}

/** All sentences of the fixtures: callers' lines and hard cases. */
export function fixtureSentences(): string[] {
  const hard = JSON.parse(readFileSync(`${SENTIMENT}/vader/fixtures/hard-cases.json`, 'utf8')) as string[];
  const callers = [...callerLines('tuning'), ...callerLines('held-out')].map(({ line }) => line);
  return [...callers, ...hard];
}
