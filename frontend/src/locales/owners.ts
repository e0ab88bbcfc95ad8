import { catalog } from './catalog';
import zh from './zh-CN/owners';

export const t = catalog('owners', zh);
