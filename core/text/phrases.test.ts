import fc from 'fast-check';
import { isPattern } from './pattern.ts';
import { hasWords, phraseBook, phraseFinder } from './phrases.ts';

const found = (phrases: string[], text: string, ignore?: string[]) =>
  phraseFinder(phrases, ignore)(text).map((match) => match.text);

describe('phraseFinder', () => {
  it('finds whole words across case and punctuation', () => {
    expect(found(['refund'], 'A Refund, please. REFUND!')).toEqual(['Refund', 'REFUND']);
    expect(found(['sue'], 'the issue is that Suez pursues')).toEqual([]);
  });

  it('finds phrases across line breaks and commas', () => {
    expect(found(['cancel my account'], 'so cancel, my\naccount now')).toEqual(['cancel, my\naccount']);
  });

  it('matches the longest phrase at a word', () => {
    expect(found(['cancel', 'cancel my account'], 'cancel my account or cancel it')).toEqual([
      'cancel my account',
      'cancel',
    ]);
  });

  it('finds a phrase whose beginning was begun twice', () => {
    expect(found(['no no yes'], 'no no no yes')).toEqual(['no no yes']);
  });

  it('points into the text', () => {
    const text = '“I’ll go to court!”';
    expect(phraseFinder(['court'])(text)).toEqual([{ text: 'court', start: 12, end: 17 }]);
  });

  it('finds the forms of a word', () => {
    expect(found(['cancel'], 'I cancelled, she cancels, we are cancelling')).toEqual([
      'cancelled',
      'cancels',
      'cancelling',
    ]);
    expect(found(['speak to your manager'], 'I spoke to your managers')).toEqual(['spoke to your managers']);
    expect(found(['cancel'], 'a cancellation')).toEqual([]);
  });

  it.each(["I don't know", 'I don’t know', 'i do not know', 'I dont know', 'I DUNNO'])(
    'finds "I don\'t know" in "%s"',
    (text) => {
      expect(found(["I don't know"], text)).toEqual([text]);
    },
  );

  it('matches possessives', () => {
    expect(found(['manager'], "your manager's name")).toEqual(["manager's"]);
  });

  it('marks the whole word where half of a contraction is meant', () => {
    expect(found(['not happy'], "I really wasn't happy")).toEqual(["wasn't happy"]);
  });

  it('ignores a phrase where it is part of an ignored one, and only there', () => {
    const ignore = ['cancel the hold', 'account manager'];
    expect(found(['cancel', 'manager'], 'cancel the hold and call my account manager', ignore)).toEqual([]);
    expect(found(['cancel', 'manager'], 'cancel the order, account for it, manager', ignore)).toEqual([
      'cancel',
      'manager',
    ]);
    expect(found(['cancel', 'manager'], 'my account managers cancelled', ignore)).toEqual(['cancelled']);
  });

  it('finds a longer phrase that holds an ignored one', () => {
    expect(found(['manager', 'account manager left me'], 'the account manager left me', ['account manager'])).toEqual([
      'account manager left me',
    ]);
  });

  it('finds any phrase in itself, whatever stands around it', () => {
    const phrase = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => hasWords(text) && !isPattern(text));
    fc.assert(
      fc.property(phrase, phrase, phrase, (before, wanted, after) => {
        const text = `${before} ${wanted} ${after}`;
        const matches = phraseFinder([wanted])(text);
        expect(matches.length).toBeGreaterThan(0);
        for (const { text: words, start, end } of matches) expect(text.slice(start, end)).toBe(words);
      }),
    );
  });
});

describe('phraseBook', () => {
  const word = fc.constantFrom('cancel', 'cancelled', 'my', 'account', 'manager', "don't", 'do', 'not');
  const phrases = fc.array(
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
    { minLength: 1, maxLength: 5 },
  );
  const group = fc.record({ phrases, ignore: phrases });

  it('matches each group as if it were alone', () => {
    fc.assert(
      fc.property(
        fc.array(group, { maxLength: 6 }),
        fc.array(word).map((words) => words.join(' ')),
        (groups, text) => {
          const book = phraseBook();
          const numbers = groups.map((each) => book.add(each.phrases, each.ignore));
          const reading = book.read(text);
          groups.forEach((each, at) => {
            expect(reading.matchesOf(numbers[at] ?? -1)).toEqual(phraseFinder(each.phrases, each.ignore)(text));
          });
        },
      ),
    );
  });

  it('names the phrases in a text as they were added, one that several groups share once', () => {
    const book = phraseBook();
    book.add(['Cancel', 'refund']);
    book.add(['cancelled', 'manager'], ['account manager']);
    expect(book.read('cancelling, account manager, refunds: cancel').phrases()).toEqual(['cancel', 'refund', 'cancel']);
  });

  it('rejects phrases once a text was read', () => {
    const book = phraseBook();
    book.read('');
    expect(() => book.add(['late'])).toThrow('read already');
  });
});

describe('hasWords', () => {
  it('is false for a phrase that can never be found', () => {
    expect(['refund', '42', ' ?! ', '', '…'].map(hasWords)).toEqual([true, true, false, false, false]);
  });
});
