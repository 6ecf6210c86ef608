import { z } from 'zod';
import { monitorModeSchema } from '../../monitor.ts';

/** `POST /calls/{callId}/monitors`: answers 202 with the `Monitor`, whose outcome is told to the call's viewers. */
export const monitorRequestSchema = z.strictObject({ mode: monitorModeSchema });
