import { maySee, maySeeAgent } from './access.ts';

describe('maySee', () => {
  it('is true of every call for a person without a restriction', () => {
    expect(maySee(undefined, {})).toBe(true);
  });

  it.each([
    [{ campaigns: ['Sales'] }, { campaign: 'Sales' }, true],
    [{ campaigns: ['Sales'] }, { campaign: 'Support' }, false],
    [{ campaigns: ['Sales'] }, {}, false],
    [{ teams: ['SAVE'] }, { inGroup: 'SAVE', campaign: 'Support' }, true],
    [{ teams: ['SAVE'] }, { queue: 'SAVE' }, true],
    [{ teams: ['SAVE'] }, { campaign: 'SAVE' }, false],
    [{ campaigns: ['Sales'], teams: ['SAVE'] }, { campaign: 'Support', inGroup: 'SAVE' }, true],
    [{}, { campaign: 'Sales' }, false],
  ])('restricted to %j sees %j: %s', (restriction, call, expected) => {
    expect(maySee(restriction, call)).toBe(expected);
  });
});

describe('maySeeAgent', () => {
  it.each([
    [undefined, {}, true],
    [{ campaigns: ['Sales'] }, { campaign: 'Sales' }, true],
    [{ campaigns: ['Sales'] }, { campaign: 'Support', inGroups: ['Sales'] }, false],
    [{ teams: ['SAVE'] }, { campaign: 'Support', inGroups: ['HELP', 'SAVE'] }, true],
    [{ teams: ['SAVE'] }, { campaign: 'SAVE', inGroups: ['HELP'] }, false],
    [{ teams: ['SAVE'] }, {}, false],
  ])('restricted to %j sees %j: %s', (restriction, agent, expected) => {
    expect(maySeeAgent(restriction, agent)).toBe(expected);
  });
});
