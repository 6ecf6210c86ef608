import fc from 'fast-check';
import { inflectionKey } from './inflection.ts';

const families = `cancel cancels canceled cancelled canceling cancelling
refund refunds refunded refunding
escalate escalates escalated escalating
complain complains complained complaining
complaint complaints
manage manages managed managing
manager managers
sue sues sued suing
use uses used using
hope hopes hoped hoping
hop hops hopped hopping
stop stops stopped stopping
plan plans planned planning
plane planes
care cares cared caring
car cars
try tries tried trying
tie ties tied
pay pays paid paying
play plays played playing
pass passes passed passing
box boxes boxed boxing
charge charges charged charging
change changes changed changing
promise promises promised promising
process processes processed processing
install installs installed installing
refer refers referred referring
control controls controlled controlling
call calls called calling
quit quits quitting
focus focused focusing
bus buses
policy policies
movie movies
warn warning warnings
thing things
king kings
panic panics panicked panicking
company companies
lawyer lawyers
ombudsman ombudsmen
speak speaks spoke spoken speaking
take takes took taken taking
go goes went gone going
have has had having
be is are was were been being
do does did done doing
agree agrees agreed agreeing
die dies died dying
exceed exceeds exceeded exceeding
need needs needed needing
rate rates rated rating
note notes noted noting`.split('\n');

describe('inflectionKey', () => {
  it.each(families)('joins the forms of %s', (family) => {
    const [base = '', ...forms] = family.split(' ');
    for (const form of forms) expect([form, inflectionKey(form)]).toEqual([form, inflectionKey(base)]);
  });

  it('keeps the families apart', () => {
    const keys = families.map((family) => inflectionKey(family.split(' ')[0] ?? ''));
    expect(new Set(keys).size).toBe(families.length);
  });

  it.each([
    ['cancel', 'cancellation'],
    ['even', 'evening'],
    ['not', 'note'],
    ['us', 'use'],
    ['hell', 'hello'],
    ['ass', 'as'],
    ['on', 'one'],
    ['king', 'k'],
    ['thing', 'th'],
    ['red', 'r'],
    ['legal', 'leg'],
    ['car', 'care'],
    ['hat', 'hate'],
    ['her', 'here'],
    ['off', 'of'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(inflectionKey(one)).not.toBe(inflectionKey(other));
  });

  it('accepts any word', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (word) => inflectionKey(word).length > 0));
  });
});
