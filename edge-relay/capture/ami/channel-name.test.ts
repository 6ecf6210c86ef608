import { addresseeOf, extensionOf, isMachine, localPeer, olderId, tapUuid } from './channel-name.ts';

it.each([
  ['PJSIP/6001-0000000a', '6001'],
  ['PJSIP/trunk-berlin-0000000a', 'trunk-berlin'],
  ['SIP/cc100-000003f1', 'cc100'],
  ['Local/6001@from-queue/n', '6001'],
  ['Local/6001@from-queue-00000012;1', '6001'],
  ['PJSIP/6001', '6001'],
  ['SIP/10.0.0.5-00000003', '10.0.0.5'],
  ['SCCP/6001-0000000A', '6001'],
  ['IAX2/cc100-8543', 'cc100'],
  ['IAX2/192.0.2.7:4569-3', '192.0.2.7:4569'],
  ['DAHDI/5-1', '5'],
  ['DAHDI/i1/5551234-1f', '5551234'],
  ['Mobile/dana-phone-5f3a', 'dana-phone'],
  ['Dongle/dongle0-0100000001', 'dongle0'],
  ['Agent/1001', '1001'],
  ['PJSIP/6001-0000000a<ZOMBIE>', '6001'],
  ['odd', 'odd'],
])('%s is called at %s', (channelName, extension) => {
  expect(extensionOf(channelName)).toBe(extension);
});

it.each([
  ['PJSIP/6001', '6001'],
  ['PJSIP/6001/sip:6001@10.0.0.2:5060', '6001'],
  ['Local/6001@from-queue/n', '6001'],
  ['IAX2/team-12', 'team-12'],
  ['DAHDI/g1/5551234', '5551234'],
  ['DAHDI/5', '5'],
  ['Mobile/adapter-1', 'adapter-1'],
])('the member %s is called at %s', (address, extension) => {
  expect(addresseeOf(address)).toBe(extension);
});

it('knows the other half of a Local channel', () => {
  expect(localPeer('Local/6001@agents-00000012;1')).toBe('Local/6001@agents-00000012;2');
  expect(localPeer('Local/6001@agents-00000012;2')).toBe('Local/6001@agents-00000012;1');
  expect(localPeer('PJSIP/6001-0000000a')).toBeUndefined();
});

it('distinguishes machines from people', () => {
  expect(isMachine('AudioSocket/10.0.0.2:9093-6f9619ff-8b86-4011-b42d-00cf4fc964ff')).toBe(true);
  expect(isMachine('PJSIP/6001-0000000a')).toBe(false);
});

it('finds the UUID in the name of a tap', () => {
  const uuid = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';
  expect(tapUuid(`AudioSocket/10.0.0.2:9093-${uuid}`)).toBe(uuid);
  expect(tapUuid(`PJSIP/${uuid}`)).toBeUndefined();
});

it('orders ids by their seconds, then by their count', () => {
  expect(olderId('1795399538.10', '1795399538.9')).toBe('1795399538.9');
  expect(olderId('1795399537.99', '1795399538.9')).toBe('1795399537.99');
  expect(olderId('berlin-1795399538.2', 'berlin-1795399537.3')).toBe('berlin-1795399537.3');
});
