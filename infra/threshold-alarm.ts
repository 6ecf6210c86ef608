import { Alarm, ComparisonOperator, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface ThresholdAlarmProps {
  /** What is wrong when it rings, for the page and for e-mail. */
  readonly description: string;
  readonly metric: IMetric;
  /** It rings from here on. */
  readonly threshold: number;
  readonly alarms: ITopic;
}

/** Tells operators when a metric reaches a threshold, and says nothing while there is nothing to count. */
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
