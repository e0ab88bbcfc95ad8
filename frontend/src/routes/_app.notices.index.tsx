import { createFileRoute } from '@tanstack/react-router';
import { NoticesPage } from '@/notices/NoticesPage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/notices/')({
  validateSearch: listSearch,
  component: NoticesPage,
});
