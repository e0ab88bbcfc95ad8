import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { TaskStatisticsPage } from '@/org/tasks/TaskStatisticsPage';

export const Route = createFileRoute('/_app/task-statistics')({
  beforeLoad: needs('task.read'),
  component: TaskStatisticsPage,
});
