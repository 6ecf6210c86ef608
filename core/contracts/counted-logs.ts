/** Log messages that alarms or metrics count, shared by the functions that log them and the stacks that count them. */

/** An alert should have rung a telephone, but the command did not reach the relay. */
export const ALERT_RANG_NOBODY = 'alert rings nobody';
