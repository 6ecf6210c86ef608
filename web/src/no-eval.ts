import { config } from 'zod';

// The site's policy forbids code made from strings, and zod would try when the first schema is made: import this first.
config({ jitless: true });
