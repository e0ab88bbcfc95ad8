import { catalog } from './catalog';
import zh from './zh-CN/field';

export const t = catalog('field', zh);
