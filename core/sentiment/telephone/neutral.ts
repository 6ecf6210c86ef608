import type { Ratings } from './ratings.ts';

/** Everyday facts of a trade that hold words of feeling. */
export const NEUTRAL_PHRASES: Ratings = [
  [
    0,
    `make|made|making|file|filed|filing|open|opened|start|started|put_in|submit|submitted|log a|my|the|an claim|dispute
    how|where do|would|can|could i|we make|raise|log|send a|the complaint
    complaint|complaints|claim|claims|fraud|emergency|security|support|cancellations|refunds number|reference|department|team|form|line|policy|address|procedure|process|officer
    account|branch|property|case|relationship|bank|project|site|store manager|managers
    cancel|cancelling|cancelled my|the|an|our|that|this|a|tomorrow's|today's appointment|appointments|booking|order|reservation|delivery|visit|meeting|direct_debit|standing_order|hold|call|card|cheque
    i'd|i_would|we'd|would like to cancel
    can|could|how_do|may i|we cancel
    refund|refunds policy|request|form
    get|request|have|ask_about|arrange a refund
    how long|much does|is|will the|a|my refund
    is|was|will|where's|when's|where_is the|my refund
    wrong number|department|extension|line|button
    by mistake|accident
    difficult time
    payment|transaction|delivery|test|login failed
    waste|refuse|recycling collection|bin|bins|disposal|paper|water|pipe|sacks
    fixed rate|term|price|line|penalty|fee
    something wrong with
    passed away
    best before|way|time|number
    good morning|afternoon|evening|day|bye|night
    great|good deal of
    better off
    might|had as_well|better
    just? as well
    love to|from
    not sure
    no idea`,
  ],
];
