import { Progress as Bar } from 'antd';
import type { ReactNode } from 'react';
import { formatCount } from './format';

interface ProgressProps {
  label: string;
  done: number;
  /** Unknown while the work is still being counted. */
  total?: number | null;
  failed?: boolean;
  children?: ReactNode;
}

/** Long work: how far it is in words and as a bar. Poll with `refetchInterval` while it runs. */
export function Progress({ label, done, total, failed, children }: ProgressProps) {
  const percent = total ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  const finished = total ? done >= total : false;
  return (
    <div role="status">
      <div style={{ display: 'flex', justifyContent: 'space-between' }}>
        <span>{label}</span>
        <span className="num muted">
          {formatCount(done)}
          {total ? ` / ${formatCount(total)}` : ''}
        </span>
      </div>
      <Bar
        percent={percent}
        aria-label={label}
        showInfo={false}
        status={failed ? 'exception' : finished ? 'success' : 'active'}
      />
      {children}
    </div>
  );
}
