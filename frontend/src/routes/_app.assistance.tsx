import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { AssistancePage } from '@/service_desk/assistance/AssistancePage';
import { listSearch } from '@/ui/list/search';

export const Route = createFileRoute('/_app/assistance')({
  beforeLoad: needs('assistance.read'),
  validateSearch: listSearch,
  component: AssistancePage,
});
