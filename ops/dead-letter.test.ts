import { entryOf } from './dead-letter.ts';

const event = { source: 'earshot.relay', 'detail-type': 'CallStarted', detail: { callId: 'a' } };
const entry = { EventBusName: 'earshot', Source: 'earshot.relay', DetailType: 'CallStarted', Detail: '{"callId":"a"}' };

describe('entryOf', () => {
  it.each([
    ['what a rule could not deliver', { version: '0', id: 'x', ...event }],
    ['what a function failed on', { requestPayload: event, responsePayload: { errorMessage: 'no' } }],
  ])('finds %s', (_, body) => {
    expect(entryOf(JSON.stringify(body), 'earshot')).toEqual(entry);
  });

  it.each([
    ['', 'nothing'],
    ['not JSON', 'text'],
    ['{}', 'a sweep'],
    ['{"callId":"a","alertId":"b"}', 'a reminder'],
    ['{"DDBStreamBatchInfo":{"shardId":"s"}}', 'a batch of the stream'],
    [JSON.stringify({ ...event, source: 'aws.events' }), 'an event of AWS'],
    [JSON.stringify({ requestPayload: {} }), 'a failed sweep'],
  ])('leaves %s alone: %s', (body) => {
    expect(entryOf(body, 'earshot')).toBeUndefined();
  });
});
