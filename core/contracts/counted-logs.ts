/** Log messages that alarms or metrics count, shared by the functions that log them and the stacks that count them. */

/** An alert should have rung a telephone, but the command did not reach the relay. */
export const ALERT_RANG_NOBODY = 'alert rings nobody';

/** Another utterance was stored under this one's seq first. */
export const UTTERANCE_CONFLICT = 'utterance conflicts with a stored one';

/** An event, or a part of one, does not come from whom it names, and was dropped. */
export const EVENT_REFUSED = 'event refused';

/** A stored row is not of its kind's shape, and was left out. */
export const UNREADABLE_ROW = 'row cannot be read';

/** The user pool did not list its people: what they may see is as it was last known. */
export const PEOPLE_NOT_LISTED = 'people not listed';
