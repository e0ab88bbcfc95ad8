import { t } from '@/locales/access';
import { aside, formatDate, labelled } from '@/ui/format';
import { PrintFrame } from '@/ui/print/PrintFrame';
import { useMe } from './session';

/** Recovery codes on paper, to be locked away. */
export default function RecoveryPaper(props: { codes: readonly string[]; onBack: () => void }) {
  const me = useMe();
  return (
    <PrintFrame title={t('recovery.paper')} onBack={props.onBack}>
      <h1>{t('recovery.paper')}</h1>
      <p>
        {labelled(t('recovery.account'))}
        {me.username}
        {me.employee && aside(me.employee.name)}　{labelled(t('recovery.printed'))}
        {formatDate(new Date())}
      </p>
      <ul className="recovery">
        {props.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p>{t('recovery.note')}</p>
    </PrintFrame>
  );
}
