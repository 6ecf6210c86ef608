import { noSettings } from '#core/settings.ts';
import type { NotifierDependencies } from '../notifier.ts';
import { openNotifiers } from './registry.ts';

const dependencies: NotifierDependencies = {
  settings: () => Promise.resolve(noSettings),
  sendToRelay: () => Promise.resolve('gone'),
  secret: () => Promise.resolve('https://hooks.example/x'),
  now: () => 0,
};
const topics = { warning: 'arn:w', urgent: 'arn:u', critical: 'arn:c' };
const plain = { ALERT_TOPIC_ARNS: JSON.stringify(topics), SLACK_SECRET: '', EMAIL_FROM: '', EMAIL_TO: '' };
const namesWith = (variables: Record<string, string>) =>
  openNotifiers((settings) => settings.parse({ ...plain, ...variables }), dependencies).map(({ name }) => name);

describe('openNotifiers', () => {
  it.each([
    ['what every deployment has', {}, ['ring', 'sns']],
    ['Slack where a secret is named', { SLACK_SECRET: 'earshot/slack' }, ['ring', 'sns', 'slack']],
    [
      'e-mail with a sender and an address',
      { EMAIL_FROM: 'a@e.example', EMAIL_TO: 'b@e.example' },
      ['ring', 'sns', 'email'],
    ],
    ['no e-mail to nobody', { EMAIL_FROM: 'a@e.example' }, ['ring', 'sns']],
  ])('opens %s', (_, variables, names) => {
    expect(namesWith(variables)).toEqual(names);
  });

  it('names the malformed variable', () => {
    expect(() => namesWith({ ALERT_TOPIC_ARNS: '{"warning":"arn:w"}' })).toThrow('ALERT_TOPIC_ARNS');
  });
});
