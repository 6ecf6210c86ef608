import { phraseFinder } from './phrases.ts';

const found = (phrases: string[], text: string) => phraseFinder(phrases)(text).map((match) => match.text);

describe('phraseFinder', () => {
  it('finds whole words across case and punctuation', () => {
    expect(found(['refund'], 'A Refund, please. REFUND!')).toEqual(['Refund', 'REFUND']);
    expect(found(['sue'], 'the issue is that Suez pursues')).toEqual([]);
  });

  it('finds phrases across line breaks and commas', () => {
    expect(found(['cancel my account'], 'so cancel, my\naccount now')).toEqual(['cancel, my\naccount']);
  });

  it('takes the longest phrase at a word', () => {
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
});
