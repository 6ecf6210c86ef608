import { dueIn } from './due.ts';

describe('by when something is promised', () => {
  it.each([
    ['I will call you back tomorrow morning', 'tomorrow morning'],
    ['you should receive it within 3 to 5 business days', 'within 3 to 5 business days'],
    ['a technician will come on Friday at 3 pm if that suits you', 'on Friday at 3 pm'],
    ['it will be refunded by the end of the week', 'by the end of the week'],
    ['she will be in touch in a couple of hours', 'in a couple of hours'],
    ['we will send it out next week', 'next week'],
    ['your card will arrive by the 14th', 'by the 14th'],
    ['it will be there on 3 December', 'on 3 December'],
    ['we will look into it as soon as possible', 'as soon as possible'],
    ['I will ring you first thing on Monday morning', 'first thing on Monday morning'],
  ])('%s', (text, due) => {
    expect(dueIn(text)).toBe(due);
  });

  it.each([
    'I will send you an email',
    'may I help you',
    'we march on',
    'this month will be free',
    'the second line is free',
  ])('is not said in “%s”', (text) => {
    expect(dueIn(text)).toBeUndefined();
  });
});
