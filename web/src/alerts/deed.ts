/** What a person did to alerts. */
export type DeedKind = 'acknowledged' | 'taken' | 'resolved' | 'judged';
