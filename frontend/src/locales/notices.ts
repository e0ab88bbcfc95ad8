import { catalog } from './catalog';
import zh from './zh-CN/notices';

export const t = catalog('notices', zh);
