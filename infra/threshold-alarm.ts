import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface ThresholdAlarmProps {
  /** What is wrong in state ALARM, for the page and for e-mail. */
  readonly description: string;
  readonly metric: IMetric;
  /** ALARM at this value and above. */
  readonly threshold: number;
  readonly alarms: ITopic;
}

/** Notifies operators when a metric reaches a threshold; missing data counts as OK. */
export class ThresholdAlarm extends Construct {
  constructor(scope: Construct, id: string, { description, metric, threshold, alarms }: ThresholdAlarmProps) {
    super(scope, id);
    new Alarm(this, 'Alarm', {
      alarmDescription: `Earshot: ${description}`,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(new SnsAction(alarms));
  }
}
