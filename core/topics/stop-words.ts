/** Words that end a phrase: they hang sentences together, or are what everybody says on the telephone. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the this that these those there here i me my mine myself we us our ours you your yours yourself he him his she her hers it its they them their theirs who whom whose which what when where why how ' +
    'no not nor and or but if then than so as at by for from in into of off on onto out over to up with without about after again against before between during through under until above below ' +
    'am is are was were be been being have has had having do does did doing done can could may might must shall should will would ought need needs needed want wants wanted wanna gonna gotta got get gets getting gotten let lets ' +
    'go goes going went gone come comes came coming take takes took taken taking make makes made making give gives gave given giving put puts say says said saying tell tells told telling ask asks asked asking talk talking speak speaking spoke ' +
    'know knows knew known think thinks thought see sees saw seen look looks looking looked like likes liked try tries tried trying use used using find found keep keeps kept help helps helped helping mean means meant feel feels felt work works working worked ' +
    'call calls called calling hear hears heard wait waits waiting waited speak start started stop stopped happen happened happening hope hopes guess wonder wondering sure sorry ' +
    'thing things something anything everything nothing someone anyone everyone nobody anybody everybody somebody one ones two three four five six seven eight nine ten zero oh first second third last next other another same such own both each every all any some few more most less many much lot lots bit ' +
    'just only also too very really actually basically probably maybe perhaps still even ever never always already now today tomorrow yesterday tonight monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night day days week weeks month months year years hour hours minute minutes moment time times ago since while because though although however whether ' +
    'yes yeah yep yup no nope nah ok okay right alright fine good great nice perfect lovely cool wow well hello hi hey bye goodbye thanks thank please welcome um uh uhm hmm mhm ah er erm pardon excuse dear sir madam miss mister mr mrs guy guys man folks name number back down around away able kind sort way yet once later soon quite pretty bad better best new old long short big little ' +
    "don't doesn't didn't won't wouldn't can't cannot couldn't shouldn't isn't aren't wasn't weren't haven't hasn't hadn't ain't i'm i've i'd i'll you're you've you'd you'll he's she's it's we're we've we'd we'll they're they've they'd they'll that's that'll there's here's what's who's where's how's let's y'all dont cant wont im ive id thats"
  ).split(' '),
);
