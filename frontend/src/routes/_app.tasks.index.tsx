import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { TasksPage } from '@/org/tasks/TasksPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/tasks/')({
  beforeLoad: needs('task.read'),
  validateSearch: listSearch,
  component: TasksPage,
});
