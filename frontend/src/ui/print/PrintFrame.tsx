import { type ReactNode, useEffect } from 'react';
import { t } from '@/locales/ui';
import './print.css';

interface PrintFrameProps {
  /** Also the file name when printed to PDF. */
  title: string;
  /** `slip`: 80 mm counter paper. */
  paper?: 'a4' | 'a4-landscape' | 'slip';
  /** Goes to the printer as soon as it is shown: the click that led here asked for it. */
  atOnce?: boolean;
  onBack: () => void;
  /** Beside the buttons, never on the paper. */
  extra?: ReactNode;
  children: ReactNode;
}

const sizes = { a4: 'A4', 'a4-landscape': 'A4 landscape', slip: '80mm auto' } as const;

/** Shows a paper as it will be printed, always light, with page numbers on A4. */
export function PrintFrame({
  title,
  paper = 'a4',
  atOnce,
  onBack,
  extra,
  children,
}: PrintFrameProps) {
  useEffect(() => {
    document.title = title;
    const style = document.createElement('style');
    const margin = paper === 'slip' ? '4mm' : '18mm 16mm 20mm';
    const number =
      paper === 'slip'
        ? ''
        : '@bottom-center { content: counter(page) " / " counter(pages); font-size: 9pt; }';
    style.textContent = `@page { size: ${sizes[paper]}; margin: ${margin}; ${number} }`;
    document.head.append(style);
    return () => style.remove();
  }, [title, paper]);
  useEffect(() => {
    if (atOnce) window.print();
  }, [atOnce]);
  return (
    <div className="print">
      <div className="print-bar">
        <button type="button" className="btn" onClick={onBack}>
          {t('print.back')}
        </button>
        <button type="button" className="btn btn-primary" onClick={() => window.print()}>
          {t('print.print')}
        </button>
        {extra}
      </div>
      <article className={`paper paper-${paper}`}>{children}</article>
    </div>
  );
}

/** Room for names, a stamp and a date at the foot of a paper. */
export function SignatureRow({ roles, stamp }: { roles: readonly string[]; stamp?: boolean }) {
  return (
    <div className="signatures">
      {roles.map((role) => (
        <div key={role}>
          <span>
            {role} {t('print.signature')}
          </span>
          <span>{t('print.date')}</span>
        </div>
      ))}
      {stamp && <div className="stamp">{t('print.stamp')}</div>}
    </div>
  );
}
