import { t } from '@/locales/tasks';
import { Empty, ErrorView, Screen, Skeleton } from '@/ui/phone';
import { TaskCard } from './TaskCard';
import { useMyTasks } from './tasks';

/** My tasks, nearest deadline first. */
export function TasksScreen() {
  const mine = useMyTasks();
  return (
    <Screen title={t('phone.title')} back="/m">
      {mine.isPending && <Skeleton lines={4} />}
      {mine.isError && !mine.data && <ErrorView error={mine.error} retry={() => mine.refetch()} />}
      {mine.data && mine.tasks.length === 0 && (
        <Empty title={t('phone.none')} hint={t('phone.none_hint')} />
      )}
      {mine.tasks.map(({ task, state }) => (
        <TaskCard key={task.id} task={task} state={state} />
      ))}
    </Screen>
  );
}
