import { createFileRoute, notFound } from '@tanstack/react-router';
import { DecideScreen } from '@/workbench/phone/DecideScreen';
import { canDecide } from '@/workbench/phone/decidable';

export const Route = createFileRoute('/_m/m/decide/$kind/$id')({
  component: () => {
    const { kind, id } = Route.useParams();
    if (!canDecide(kind)) throw notFound();
    return <DecideScreen key={id} kind={kind} id={id} />;
  },
});
