import { outputsIn } from './stack-outputs.ts';

const member = (name: string, value: string) =>
  `<member><OutputKey>${name}</OutputKey>\n<OutputValue>${value}</OutputValue><Description/></member>`;
const answer = (outputs: string) =>
  `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>Earshot-prod-Data</StackName>
  <Parameters><member><ParameterKey>BootstrapVersion</ParameterKey><ParameterValue>33</ParameterValue></member></Parameters>
  ${outputs}<Tags/></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

describe('outputsIn', () => {
  it('reads name and value of each output', () => {
    const xml = answer(
      `<Outputs>${member('TableName', 'earshot-1')}${member('ApiUrl', 'https://a.b/?c=1&amp;d=2')}</Outputs>`,
    );
    expect(outputsIn(xml)).toEqual({ TableName: 'earshot-1', ApiUrl: 'https://a.b/?c=1&d=2' });
  });

  it('finds none in a stack that has none yet', () => {
    expect(outputsIn(answer(''))).toEqual({});
    expect(outputsIn(answer('<Outputs/>'))).toEqual({});
  });
});
