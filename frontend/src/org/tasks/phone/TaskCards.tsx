import { t } from '@/locales/tasks';
import { Card } from '@/ui/phone';
import { TaskCard } from './TaskCard';
import { useMyTasks } from './tasks';

/** What the leaders gave, on the phone's first page. */
export default function TaskCards() {
  const mine = useMyTasks();
  if (mine.tasks.length === 0) return null;
  return (
    <section>
      <h2>{t('phone.title')}</h2>
      {mine.tasks.slice(0, 3).map(({ task, state }) => (
        <TaskCard key={task.id} task={task} state={state} />
      ))}
      {mine.tasks.length > 3 && (
        <Card title={t('phone.all', { n: mine.tasks.length })} to="/m/tasks" />
      )}
    </section>
  );
}
