import { alertsOf } from '../../judging/example-judging.ts';
import { exampleRule } from '../example-rule.ts';
import type { Condition } from '../rule.ts';

const reasonFor = (text: string, more: Partial<Extract<Condition, { type: 'profanity' }>> = {}) =>
  alertsOf([exampleRule({ type: 'profanity', ...more })], { seq: 1, text })[0]?.reasons[0];
const words = (text: string) => reasonFor(text)?.matches.map((match) => match.text);

describe('profanity', () => {
  it.each([
    ['What the FUCK is this', ['FUCK']],
    ['this fucking thing is shit', ['fucking', 'shit']],
    ['you are an asshole and a son of a bitch', ['asshole', 'son of a bitch']],
    ['this f*** thing', ['f***']],
    ['this **** thing', ['****']],
    ['bulls**t, f*ck, sh!t and @#$%&', ['bulls**t', 'f*ck', 'sh!t', '@#$%&']],
    ['[expletive] this (bleep) thing', ['[expletive]', '(bleep)']],
    ['you are all a bunch of liars', ['bunch of liars']],
    ['I pricked my finger, oh hell yeah!!!! 5*3 is 15', undefined],
    ['I feel stupid, I am such an idiot', undefined],
    ['the class will assess the shiitake in Scunthorpe, pick a cockpit', undefined],
    ['press * then 2 ** 3', undefined],
  ])('in "%s" is %j', (text, found) => {
    expect(words(text)).toEqual(found);
  });

  it('is counted in the explanation and never quoted', () => {
    expect(reasonFor('shit')?.explanation).toBe('swore');
    expect(reasonFor('shit, shit')?.explanation).toBe('swore 2 times');
  });

  it('tells strong words from mild ones', () => {
    const found = (strength: 'strong' | 'mild') =>
      reasonFor('damn, this shit', { strength })?.matches.map(({ text }) => text);
    expect(found('strong')).toEqual(['shit']);
    expect(found('mild')).toEqual(['damn']);
  });

  it('can be widened and narrowed', () => {
    expect(reasonFor('you muppet', { also: ['muppet'] })?.matches).toHaveLength(1);
    expect(reasonFor('a load of crap', { except: ['crap'] })).toBeUndefined();
    expect(reasonFor('holy crap, shit', { except: ['holy crap'] })?.matches).toHaveLength(1);
  });
});
