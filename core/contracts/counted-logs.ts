/** Log messages that alarms or metrics count, shared by the functions that log them and the stacks that count them. */

/** An alert should have rung a telephone, but the command did not reach the relay. */
export const ALERT_RANG_NOBODY = 'alert rings nobody';

/** A stored row is not of its kind's shape, and was left out. */
export const UNREADABLE_ROW = 'row cannot be read';
