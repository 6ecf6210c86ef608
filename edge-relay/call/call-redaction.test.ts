import fc from 'fast-check';
import { ManualClock } from '../clock.fake.ts';
import { CallRedaction } from './call-redaction.ts';
import { languageOf } from '#core/redaction/languages/languages.ts';
import { Redactor } from '#core/redaction/redactor.ts';

const redactor = new Redactor();

describe('CallRedaction', () => {
  let clock: ManualClock;
  let call: CallRedaction;
  let left: string[];
  const say = (text: string, side: 'agent' | 'caller' = 'caller') => {
    call.utterance(side, text, (shown) => left.push(shown));
  };
  beforeEach(() => {
    clock = new ManualClock();
    call = new CallRedaction(clock, redactor);
    left = [];
  });

  it('redacts a number in groups, whatever the other side confirms in between', () => {
    say('what is your card number', 'agent');
    say('it is four one one one');
    clock.advance(7_000);
    say('yes, got that', 'agent');
    clock.advance(7_000);
    say('one one one one, are you with me');
    clock.advance(7_000);
    say('okay, go ahead please', 'agent');
    clock.advance(7_000);
    say('double one double one, triple one one thanks');
    clock.advance(60_000);
    expect(left.filter((text) => text.includes('one'))).toEqual([]);
    expect(left).toHaveLength(6);
    expect(left.slice(3)).toEqual(['it is [CARD_NUMBER]', '[CARD_NUMBER], are you with me', '[CARD_NUMBER] thanks']);
  });

  it('holds back no text without digits, not even while a number of the same side waits', () => {
    say('four one one one');
    const texts = fc.array(
      fc.constantFrom('I', 'am', 'so', 'angry', 'cancel', 'it', 'a', 'yes', 'please', 'the', 'phone'),
      {
        minLength: 4,
      },
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('agent' as const, 'caller' as const), (words, side) => {
        const text = `${words.join(' ')} because I said it`;
        say(text, side);
        expect(left.at(-1)).toBe(text);
      }),
    );
    expect(left).not.toContain('four one one one');
  });

  it('holds back no sentence with a quantity', () => {
    say('I waited two hours and called 3 times in the last 10 days');
    expect(left).toEqual(['I waited two hours and called 3 times in the last 10 days']);
  });

  it('does not take the rest of a number for counting', () => {
    say('four one one one');
    say('nine eight seven six five four three');
    expect(left).toEqual([]);
    const counted = 'one two three four five six seven eight nine';
    call = new CallRedaction(clock, redactor);
    say(counted);
    expect(left).toEqual([counted]);
    expect(call.unfinished('caller', counted)).toBe('…');
  });

  it('waits anew when somebody speaks', () => {
    say('it is four one one one');
    for (let second = 0; second < 25; second++) {
      clock.advance(1_000);
      call.speechUnderWay('caller', false);
    }
    expect(left).toEqual([]);
    say('one one one one one one one one one one one one');
    expect(left).toEqual(['it is [CARD_NUMBER]', '[CARD_NUMBER]']);
  });

  it('takes the first groups of a card for no other number that they pass for', () => {
    for (const text of ['it is two two two', 'one oh', 'six oh eight four', 'six nine four eight', 'three one six']) {
      say(text);
      clock.advance(4_000);
    }
    clock.advance(60_000);
    expect(left.join(' ')).toBe('it is [CARD_NUMBER] [CARD_NUMBER] [CARD_NUMBER] [CARD_NUMBER] [CARD_NUMBER]');
  });

  it.each([
    [
      'deux cent vingt-deux et puis dix',
      'soixante quatre-vingt-quatre voyons voir soixante-neuf quarante-huit trois cent seize',
    ],
    ['soixante onze huit huit deux neuf', 'quarante-neuf quarante - quatre cinq huit un'],
  ])('parts French numbers at spaces and dashes before hyphens: %s', (...texts) => {
    const french = new Redactor(['fr', 'en'].flatMap((tag) => languageOf(tag) ?? []));
    call = new CallRedaction(clock, french);
    for (const text of texts) {
      say(text);
      clock.advance(4_000);
    }
    clock.advance(60_000);
    expect(left.join(' ')).not.toMatch(/vingt|dix|seize|quatre/);
  });

  it('does not wait for ever on a line that is never quiet, and loses no word', () => {
    say('I am at four one two, the flat');
    for (let second = 0; second < 60; second++) {
      clock.advance(1_000);
      call.speechUnderWay('caller', false);
    }
    expect(left).toEqual(['I am at four one two, the flat']);
  });

  it.each([
    'please dial 500',
    'we moved here from number 2417',
    'the code on the door was one two three four five yesterday',
  ])('does not wait for the rest of digits in a sentence while its side talks on of something else: %s', (sentence) => {
    say(sentence);
    expect(left).toEqual([]);
    let more = 0;
    for (; left.length === more; more++) {
      clock.advance(2_000);
      say('and then he went home to his dog');
      expect(more).toBeLessThan(4);
    }
    expect(left).toContain(sentence);
  });

  it('releases a number that is complete at once', () => {
    say('my card is 4111 1111 1111 1111');
    expect(left).toEqual(['my card is [CARD_NUMBER]']);
    say('and one two three on the back');
    expect(left.at(-1)).toBe('and [SECURITY_CODE] on the back');
  });

  it('releases all at the end of the call, and what a stopping relay had begun is redacted', () => {
    say('so four one one one, one one');
    call.flush('long');
    expect(left).toEqual(['so four one one one, one one']);
    call = new CallRedaction(clock, redactor);
    say('so four one one one, one one');
    call.flush('any');
    expect(left.at(-1)).toBe('so [CARD_NUMBER]');
  });

  it('never loses, repeats or reorders what one side says', () => {
    const texts = fc.array(
      fc.tuple(
        fc.constantFrom('agent' as const, 'caller' as const),
        fc.constantFrom('hello', 'one', '41 11', 'x 4', 'my card', 'no 12345', 'my order 77'),
        fc.nat(20_000),
      ),
    );
    fc.assert(
      fc.property(texts, (said) => {
        call = new CallRedaction(clock, redactor);
        const released = new Map<number, number>();
        said.forEach(([side, text, pauseMs], i) => {
          call.utterance(side, text, () => released.set(i, (released.get(i) ?? 0) + 1));
          clock.advance(pauseMs);
        });
        call.flush('long');
        expect([...released.values()]).toEqual(said.map(() => 1));
      }),
    );
  });

  it('shows no digit of a number that is being read out, in any language', () => {
    const spoken: Record<string, string> = {
      en: 'four hundred eleven', es: 'cuatrocientos once', pt: 'quatrocentos e onze', fr: 'quatre cent onze',
      de: 'vierhundertelf', it: 'quattrocentoundici',
    }; // prettier-ignore
    for (const [tag, words] of Object.entries(spoken)) {
      const languages = [languageOf(tag), languageOf('en')].flatMap((each) => each ?? []);
      expect(new CallRedaction(clock, new Redactor(languages)).unfinished('caller', words)).toBe('…');
    }
  });
});

it('takes time that grows with the length of the text alone', () => {
  const timeOf = (count: number) => {
    const text = 'oh four one, double five card twenty g b 29 or so '.repeat(count);
    const startedMs = performance.now();
    redactor.redact(text);
    return performance.now() - startedMs;
  };
  timeOf(100);
  const [short, long] = [Math.min(timeOf(100), timeOf(100), timeOf(100)), timeOf(1_600)];
  expect(long).toBeLessThan(16 * 8 * Math.max(short, 2));
});
